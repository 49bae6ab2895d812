/**
 * What finds out which Java a cluster's workers run on. Compiled for the oldest that Ray supports,
 * and needing nothing else of the product.
 */
package org.rayshell.cluster.probe;
