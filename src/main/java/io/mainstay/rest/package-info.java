/** What all REST shares: how requests are checked, bodies read strictly as JSON, and errors told as problem+json. */
package io.mainstay.rest;
