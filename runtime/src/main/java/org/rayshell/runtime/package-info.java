/**
 * What stands behind the API in every process of a session, driver and workers alike. Nothing in
 * here knows of Jupyter.
 */
package org.rayshell.runtime;
