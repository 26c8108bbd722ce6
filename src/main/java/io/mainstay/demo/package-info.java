/** Handlers for trying Mainstay out and for measuring it; off in production unless asked for. */
package io.mainstay.demo;
