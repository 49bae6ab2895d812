/** The installer: writes and removes the kernelspec, and trains the AOT caches it starts from. */
package org.rayshell.install;
