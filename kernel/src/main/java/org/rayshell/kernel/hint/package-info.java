/**
 * What to do about the usual mistakes: a sentence for what the compiler says of a cell, or for what
 * a cell has thrown. Looks at texts, names and class files, and changes nothing.
 */
package org.rayshell.kernel.hint;
