package io.mainstay.jobtype.schema;

import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The characters of {@code \p{…}}: general categories, scripts and a few others, as Java knows them. */
final class UnicodeProperty {

    private static final Map<String, String> LONG_NAMES = Map.ofEntries(
            Map.entry("Letter", "L"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Modifier_Letter", "Lm"),
            Map.entry("Other_Letter", "Lo"),
            Map.entry("Mark", "M"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("Letter_Number", "Nl"),
            Map.entry("Punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("Symbol", "S"),
            Map.entry("Math_Symbol", "Sm"),
            Map.entry("Currency_Symbol", "Sc"),
            Map.entry("Separator", "Z"),
            Map.entry("Space_Separator", "Zs"),
            Map.entry("Other", "C"),
            Map.entry("Control", "Cc"),
            Map.entry("Alphabetic", "IsAlphabetic"),
            Map.entry("Ideographic", "IsIdeographic"),
            Map.entry("Lowercase", "IsLowercase"),
            Map.entry("Uppercase", "IsUppercase"),
            Map.entry("White_Space", "IsWhite_Space"));

    private static final Pattern CATEGORY = Pattern.compile("[CLMNPSZ][a-z]?");
    private static final Pattern SCRIPT = Pattern.compile("(?:sc|scx|Script|Script_Extensions)=([A-Za-z_]+)");
    private static final Pattern GENERAL = Pattern.compile("(?:gc|General_Category)=([A-Za-z_]+)");

    private UnicodeProperty() {}

    /** @return null if it is not known */
    static IntPredicate of(String name) {
        if (name.equals("ASCII")) {
            return CharacterSet.range(0, 127);
        } else if (name.equals("Any")) {
            return c -> true;
        }
        String known = javaName(GENERAL.matcher(name).replaceFirst("$1"));
        if (known == null) {
            return null;
        }
        try {
            // Of one character: there is nothing to go back over.
            Pattern single = Pattern.compile("\\p{" + known + "}");
            return c -> single.matcher(Character.toString(c)).matches();
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static String javaName(String name) {
        var script = SCRIPT.matcher(name);
        if (script.matches()) {
            return "script=" + script.group(1);
        }
        return CATEGORY.matcher(name).matches() ? name : LONG_NAMES.get(name);
    }
}
