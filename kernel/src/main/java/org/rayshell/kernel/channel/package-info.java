/** The sockets: one router thread owns all of them and blocks in poll. */
package org.rayshell.kernel.channel;
