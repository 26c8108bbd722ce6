package io.mainstay.jobtype.schema;

import io.mainstay.jobtype.schema.PatternPart.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a regular expression as ECMA-262 has it with the flag {@code u}, but for what needs going back over the text: references to
 * groups, looks ahead and behind. Braces and brackets that close nothing stand for themselves.
 */
final class PatternReader {

    private static final int DEEPEST = 50;
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,4})(,(\\d{0,4}))?}");

    private final String pattern;
    private final PatternEscapes escapes;
    private int depth;

    PatternReader(String pattern) {
        this.pattern = pattern;
        this.escapes = new PatternEscapes(pattern);
    }

    PatternPart read() {
        PatternPart all = choice();
        if (!escapes.atEnd()) {
            throw new IllegalPatternException("has a parenthesis that closes nothing");
        }
        return all;
    }

    private PatternPart choice() {
        if (++depth > DEEPEST) {
            throw new IllegalPatternException("has groups in groups, deeper than " + DEEPEST);
        }
        List<PatternPart> choices = new ArrayList<>();
        do {
            choices.add(sequence());
        } while (escapes.skip("|"));
        depth--;
        return choices.size() == 1 ? choices.get(0) : new PatternPart.Choice(choices);
    }

    private PatternPart sequence() {
        List<PatternPart> parts = new ArrayList<>();
        while (!escapes.atEnd() && !escapes.isNext("|") && !escapes.isNext(")")) {
            parts.add(repeated());
        }
        return new PatternPart.Sequence(parts);
    }

    private PatternPart repeated() {
        PatternPart part = part();
        PatternPart repeated = counted(part);
        if (repeated == part) {
            return part;
        }
        if (part instanceof PatternPart.At) {
            throw nothingToRepeat();
        }
        // As few as will do or as many: it fits or it does not.
        escapes.skip("?");
        return repeated;
    }

    /** The same part if no number is given. */
    private PatternPart counted(PatternPart part) {
        if (escapes.skip("*")) {
            return new PatternPart.Repeated(part, 0, PatternPart.UNLIMITED);
        } else if (escapes.skip("+")) {
            return new PatternPart.Repeated(part, 1, PatternPart.UNLIMITED);
        } else if (escapes.skip("?")) {
            return new PatternPart.Repeated(part, 0, 1);
        }
        Matcher count = COUNT.matcher(pattern).region(escapes.position(), pattern.length());
        if (!count.lookingAt()) {
            return part;
        }
        escapes.skip(count.group());
        int least = Integer.parseInt(count.group(1));
        int most = count.group(2) == null ? least : PatternPart.UNLIMITED;
        if (count.group(3) != null && !count.group(3).isEmpty()) {
            most = Integer.parseInt(count.group(3));
            if (most < least) {
                throw new IllegalPatternException("has a repetition whose most is below its least");
            }
        }
        return new PatternPart.Repeated(part, least, most);
    }

    private PatternPart part() {
        if (escapes.skip("^")) {
            return new PatternPart.At(Place.START);
        } else if (escapes.skip("$")) {
            return new PatternPart.At(Place.END);
        } else if (escapes.skip("\\b")) {
            return new PatternPart.At(Place.WORD_EDGE);
        } else if (escapes.skip("\\B")) {
            return new PatternPart.At(Place.NO_WORD_EDGE);
        } else if (escapes.skip("(")) {
            return group();
        } else if (escapes.skip(".")) {
            return new PatternPart.One(CharacterSet.NO_LINE_END);
        } else if (escapes.skip("[")) {
            return new PatternPart.One(escapes.bracket());
        } else if (escapes.isNext("*") || escapes.isNext("+") || escapes.isNext("?")) {
            throw nothingToRepeat();
        }
        return new PatternPart.One(escapes.one());
    }

    private PatternPart group() {
        if (escapes.skip("?:")) {
            return closed();
        } else if (escapes.isNext("?<") && !escapes.isNext("?<=") && !escapes.isNext("?<!")) {
            escapes.name();
            return closed();
        } else if (escapes.isNext("?")) {
            throw new IllegalPatternException(
                    "has look-ahead, look-behind or flags, which are not supported: their run time could not be bounded");
        }
        return closed();
    }

    private PatternPart closed() {
        PatternPart inside = choice();
        if (!escapes.skip(")")) {
            throw new IllegalPatternException("has a group that is not closed");
        }
        return inside;
    }

    private static IllegalPatternException nothingToRepeat() {
        return new IllegalPatternException("repeats nothing");
    }
}
