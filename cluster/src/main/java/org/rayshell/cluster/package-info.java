/**
 * A session on a Ray cluster: the gateway, a process that is a driver of Ray's for the driver of
 * ours. Ray's own classes are used here and nowhere else in the product.
 */
package org.rayshell.cluster;
