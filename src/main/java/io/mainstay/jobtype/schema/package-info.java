/** JSON Schema 2020-12: what a payload must look like, checked within bounds. */
package io.mainstay.jobtype.schema;
