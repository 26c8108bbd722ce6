/** URLs that are called, in the one form that is both checked and sent. */
package io.mainstay.http.url;
