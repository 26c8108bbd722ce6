/** JSON Schema 2020-12: what a payload has to look like, checked within bounds. */
package io.mainstay.jobtype.schema;
