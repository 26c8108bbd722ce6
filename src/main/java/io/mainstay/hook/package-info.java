/** Notices: requests to URLs that people have named, about jobs that died and other events. */
package io.mainstay.hook;
