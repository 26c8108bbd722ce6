/** What is known of each target, the origin of a URL: whether it answers, how many requests to it are under way, how often they are repeated. */
package io.mainstay.http.targets;
