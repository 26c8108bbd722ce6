package io.mainstay.queue;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.List;

/** Observers for what is put together without a container, which can only go through them. */
public record TestObservers(List<JobObserver> observers) implements Instance<JobObserver> {

    @Override
    public Iterator<JobObserver> iterator() {
        return observers.iterator();
    }

    @Override
    public JobObserver get() {
        throw needsContainer();
    }

    @Override
    public Instance<JobObserver> select(Annotation... qualifiers) {
        throw needsContainer();
    }

    @Override
    public <U extends JobObserver> Instance<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw needsContainer();
    }

    @Override
    public <U extends JobObserver> Instance<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw needsContainer();
    }

    @Override
    public boolean isUnsatisfied() {
        return observers.isEmpty();
    }

    @Override
    public boolean isAmbiguous() {
        return observers.size() > 1;
    }

    @Override
    public void destroy(JobObserver instance) {
        throw needsContainer();
    }

    @Override
    public Handle<JobObserver> getHandle() {
        throw needsContainer();
    }

    @Override
    public Iterable<? extends Handle<JobObserver>> handles() {
        throw needsContainer();
    }

    private static UnsupportedOperationException needsContainer() {
        return new UnsupportedOperationException("needs a container");
    }
}
