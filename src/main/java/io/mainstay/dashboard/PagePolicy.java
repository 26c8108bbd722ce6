package io.mainstay.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser may do for the page: run and load what this service serves, and nothing that stands in the page or comes from elsewhere. */
final class PagePolicy {

    /** It must stand in the page; its hash allows just that one. */
    private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">([^<]*)</script>");

    private PagePolicy() {}

    static String of(String page) {
        Matcher map = IMPORT_MAP.matcher(page);
        if (!map.find()) {
            throw new IllegalStateException("the page has no import map");
        }
        byte[] hash = DashboardFile.sha256(map.group(1).getBytes(StandardCharsets.UTF_8));
        return "default-src 'none'"
                + "; script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'"
                + "; style-src 'self'; img-src 'self'; connect-src 'self'"
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                + "; require-trusted-types-for 'script'; trusted-types 'none'";
    }
}
