/**
 * Ownership: the refs a process owns, the tasks it submitted, their retries and results, and the
 * answers it gives to borrowers. No resources are accounted here; that is the raylet.
 */
package org.rayshell.runtime.owner;
