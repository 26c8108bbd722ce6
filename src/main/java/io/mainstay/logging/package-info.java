/** What is written to the log stays on its line and holds no password. */
package io.mainstay.logging;
