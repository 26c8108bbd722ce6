/** Where requests may be connected to: names are resolved and their addresses checked here, and nowhere else. */
package io.mainstay.http.egress;
