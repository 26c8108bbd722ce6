package io.mainstay.hook;

class InMemoryHookStoreTest extends HookStoreContract {

    private final HookStore store = new InMemoryHookStore();

    @Override
    protected HookStore store() {
        return store;
    }
}
