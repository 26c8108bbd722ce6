package io.mainstay.jobtype.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Predicate;

/** {@code minimum}, {@code maximum} and so on. Exact: no number is rounded, however large or small. */
final class NumberKeywords {

    private NumberKeywords() {}

    static void add(Place place) {
        bound(place, "minimum", "at least", "minimum", order -> order >= 0);
        bound(place, "exclusiveMinimum", "more than", "exclusiveMinimum", order -> order > 0);
        bound(place, "maximum", "at most", "maximum", order -> order <= 0);
        bound(place, "exclusiveMaximum", "less than", "exclusiveMaximum", order -> order < 0);
        if (place.has("multipleOf")) {
            BigDecimal step = place.number("multipleOf");
            if (step.signum() <= 0) {
                place.fail("multipleOf", "more than 0");
            }
            numbers(place, "multipleOf", "must be a multiple of " + step, number -> isMultiple(number, step));
        }
    }

    private static void bound(Place place, String keyword, String words, String name, Predicate<Integer> fits) {
        if (place.has(keyword)) {
            BigDecimal bound = place.number(keyword);
            numbers(place, name, "must be " + words + " " + bound, number -> fits.test(number.compareTo(bound)));
        }
    }

    private static void numbers(Place place, String keyword, String message, Predicate<BigDecimal> fits) {
        place.node.add((value, run, seen) ->
                !(value instanceof BigDecimal number) || fits.test(number) || run.wrong(keyword, message));
    }

    /** Without writing out 1e400 or more: both have no zeros at their end, so only a quotient of whole powers of ten may fit. */
    static boolean isMultiple(BigDecimal number, BigDecimal step) {
        if (number.signum() == 0) {
            return true;
        }
        long power = (long) step.scale() - number.scale();
        if (power < 0) {
            return false;
        }
        BigInteger divisor = step.unscaledValue();
        BigInteger rest = BigInteger.TEN.modPow(BigInteger.valueOf(power), divisor);
        return number.unscaledValue().multiply(rest).mod(divisor).signum() == 0;
    }
}
