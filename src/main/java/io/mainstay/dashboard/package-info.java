/** Serves the page for people, which uses the public API and nothing else. */
package io.mainstay.dashboard;
