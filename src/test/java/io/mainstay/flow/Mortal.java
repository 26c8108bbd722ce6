package io.mainstay.flow;

import io.mainstay.queue.StoreUnderTest;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** An instance as the store sees it: it makes a number of calls and dies in the last one, before or after that was done. */
final class Mortal {

    /** What is left of the call it died in, and of all that it would make after it. */
    static final class Dead extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private final StoreUnderTest store;
    private final int last;
    private final boolean done;
    private int calls;

    Mortal(StoreUnderTest store, int last, boolean done) {
        this.store = store;
        this.last = last;
        this.done = done;
    }

    int calls() {
        return calls;
    }

    FlowStore flows() {
        return mortal(FlowStore.class, store.flows());
    }

    FlowJobs jobs() {
        return mortal(FlowJobs.class, store.flowJobs());
    }

    private <T> T mortal(Class<T> seam, T target) {
        return seam.cast(Proxy.newProxyInstance(
                seam.getClassLoader(), new Class<?>[] {seam}, (proxy, method, args) -> call(method, target, args)));
    }

    private Object call(Method method, Object target, Object[] args) throws Throwable {
        if (method.getReturnType() != Uni.class) {
            return invoke(method, target, args);
        }
        Uni<?> answer = (Uni<?>) invoke(method, target, args);
        return Uni.createFrom().deferred(() -> {
            int call = ++calls;
            if (call < last) {
                return answer;
            }
            Uni<Object> death = Uni.createFrom().failure(new Dead());
            return call == last && done ? answer.flatMap(ignored -> death) : death;
        });
    }

    private static Object invoke(Method method, Object target, Object[] args) throws Throwable {
        try {
            method.setAccessible(true);
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
