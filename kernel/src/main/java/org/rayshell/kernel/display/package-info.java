/** Values as MIME bundles and fragments of HTML, and the publisher of those that change. */
package org.rayshell.kernel.display;
