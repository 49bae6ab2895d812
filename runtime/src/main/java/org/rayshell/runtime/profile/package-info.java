/** Where a worker's tasks spend their CPU time, for people who ask: nothing runs until then. */
package org.rayshell.runtime.profile;
