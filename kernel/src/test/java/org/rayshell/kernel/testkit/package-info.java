/** A front end for tests: a kernel in a child JVM, a client that checks each message it gets. */
package org.rayshell.kernel.testkit;
