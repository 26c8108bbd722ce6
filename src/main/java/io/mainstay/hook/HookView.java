package io.mainstay.hook;

/**
 * A hook as shown.
 *
 * @param url all of it, or what the caller may see
 */
public record HookView(HookName name, KnownHook known, String url) {

    /** @param withQuery whether the URL's query may be shown, which may hold secrets */
    static HookView of(HookName name, KnownHook known, boolean withQuery) {
        String url = known.hook().url();
        int query = url.indexOf('?');
        return new HookView(name, known, withQuery || query < 0 ? url : url.substring(0, query));
    }
}
