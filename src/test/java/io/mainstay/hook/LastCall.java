package io.mainstay.hook;

import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** An instance as stores see it: it makes a number of calls and ends in the last one, before or after that was done. */
final class LastCall {

    private final int last;
    private final boolean done;
    private int calls;

    LastCall(int last, boolean done) {
        this.last = last;
        this.done = done;
    }

    int calls() {
        return calls;
    }

    <T> T of(Class<T> seam, T target) {
        return seam.cast(Proxy.newProxyInstance(
                seam.getClassLoader(), new Class<?>[] {seam}, (proxy, method, args) -> call(method, target, args)));
    }

    private Object call(Method method, Object target, Object[] args) throws Throwable {
        Object made;
        try {
            method.setAccessible(true);
            made = method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (!(made instanceof Uni<?> answer)) {
            return made;
        }
        return Uni.createFrom().deferred(() -> {
            int call = ++calls;
            if (call < last) {
                return answer;
            }
            Uni<Object> end = Uni.createFrom().failure(new IllegalStateException("this instance has ended"));
            return call == last && done ? answer.flatMap(ignored -> end) : end;
        });
    }
}
