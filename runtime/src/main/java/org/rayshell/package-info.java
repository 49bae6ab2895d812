/**
 * The API that people type: {@link org.rayshell.Ray}, {@link org.rayshell.ObjectRef}, {@link
 * org.rayshell.Remote}, options and exceptions. No mechanism lives here; it is in {@code
 * org.rayshell.runtime}.
 */
package org.rayshell;
