/** What an application implements to run jobs: the only package its code imports (with the words of {@code job}). */
package io.mainstay.handler;
