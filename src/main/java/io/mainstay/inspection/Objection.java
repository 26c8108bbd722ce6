package io.mainstay.inspection;

import java.util.Optional;

/**
 * Something that is wrong with how Redis is set up, or with what is in it.
 *
 * @param setting the key to change, if it is about one
 * @param text for people: what is wrong, what it leads to, what to change
 * @param refuses whether an instance that starts does not work with this Redis
 * @param node of which it was said, if it is of one among several
 */
public record Objection(Optional<String> setting, String text, boolean refuses, Optional<String> node) {}
