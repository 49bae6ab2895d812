/** Real Ray clusters for tests, from the wheel on PyPI. Linux only. */
package org.rayshell.cluster.testing;
