/** The machine that tests run on, which at times stands still: what that excuses, and what it does not. */
package io.mainstay.machine;
