/**
 * Ray Java's API on RayShell's runtime: refs, calls, options and exceptions of the one as those of
 * the other. No scheduling and no storing belongs here.
 */
package org.rayshell.rayapi;
