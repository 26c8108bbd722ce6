package io.mainstay.jobtype.schema;

/** {@code minLength}, {@code maxLength}, {@code pattern}. A {@code format} is an annotation, as 2020-12 has it. */
final class TextKeywords {

    private static final int CHARACTERS_A_STEP = 64;

    private TextKeywords() {}

    static void add(Place place) {
        if (place.has("minLength")) {
            int least = place.count("minLength");
            place.node.add((value, run, seen) -> !(value instanceof String text)
                    || length(text, run) >= least
                    || run.wrong("minLength", "must have at least " + least + " characters"));
        }
        if (place.has("maxLength")) {
            int most = place.count("maxLength");
            place.node.add((value, run, seen) -> !(value instanceof String text)
                    || length(text, run) <= most
                    || run.wrong("maxLength", "must have at most " + most + " characters"));
        }
        if (place.has("pattern")) {
            PatternProgram pattern = place.pattern("pattern", place.text("pattern"));
            place.node.add((value, run, seen) -> !(value instanceof String text)
                    || pattern.finds(text, run)
                    || run.wrong("pattern", "must match the pattern of the schema"));
        }
    }

    private static int length(String text, Run run) {
        run.spend(text.length() / CHARACTERS_A_STEP);
        return text.codePointCount(0, text.length());
    }
}
