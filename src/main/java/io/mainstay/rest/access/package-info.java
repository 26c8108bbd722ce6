/** Checks that a caller may do what it asks for, and describes who may. */
package io.mainstay.rest.access;
