/** API keys: how they are written, the file with the first ones, those made through the API. */
package io.mainstay.auth.key;
