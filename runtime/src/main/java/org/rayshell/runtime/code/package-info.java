/**
 * Functions as data: reachability over class files, exports, lambdas by value, and the loaders that
 * bring them to life on a worker.
 */
package org.rayshell.runtime.code;
