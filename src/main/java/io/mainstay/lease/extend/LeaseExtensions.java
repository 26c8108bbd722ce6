package io.mainstay.lease.extend;

import io.mainstay.job.Json;
import io.mainstay.job.MainstayException;
import io.mainstay.lease.LeaseToken;
import io.mainstay.lease.LeaseTokens;
import io.mainstay.lease.report.LeaseProblems;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.rest.MalformedRequestException;
import io.mainstay.rest.Problem;
import io.mainstay.rest.Problems;
import io.mainstay.rest.StrictJson;
import io.mainstay.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Extends leases of workers elsewhere, and writes down what their attempts say of themselves. One entry that is bad has nothing to do
 * with the others. Every request may be sent again. Thread-safe.
 */
@Singleton
final class LeaseExtensions {

    private final LeaseTokens tokens;
    private final LeaseNotes notes;
    private final LeaseLooks looks;
    private final WorkerContacts contacts;

    LeaseExtensions(LeaseTokens tokens, LeaseNotes notes, LeaseLooks looks, WorkerContacts contacts) {
        this.tokens = tokens;
        this.notes = notes;
        this.looks = looks;
        this.contacts = contacts;
    }

    /**
     * Never fails.
     *
     * @param caller who asks, and has the role of a worker; the queues of the tokens are looked at here
     */
    Uni<Extended> apply(Caller caller, List<Json> entries) {
        Extended extended = new Extended(entries.size());
        Extension[] asked = new Extension[entries.size()];
        for (int place = 0; place < asked.length; place++) {
            try {
                Extension.Draft draft = new Extension.Draft();
                StrictJson.read(entries.get(place).text().getBytes(StandardCharsets.UTF_8), draft);
                asked[place] = draft.finish(null);
            } catch (MalformedRequestException malformed) {
                extended.standings()[place] = Standing.invalid(Problems.of(malformed));
            } catch (MainstayException invalid) {
                extended.standings()[place] = Standing.invalid(Problems.of(invalid));
            } catch (IOException unreadable) {
                extended.standings()[place] =
                        Standing.invalid(Problem.of("malformed-json", 400, "the entry cannot be read"));
            }
        }
        return apply(caller, asked, extended);
    }

    /** One lease by itself. */
    Uni<Extended> apply(Caller caller, Extension extension) {
        return apply(caller, new Extension[] {extension}, new Extended(1));
    }

    private Uni<Extended> apply(Caller caller, Extension[] asked, Extended extended) {
        List<Integer> read = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int place = 0; place < asked.length; place++) {
            if (asked[place] != null) {
                read.add(place);
                texts.add(asked[place].token());
                extended.texts()[place] = asked[place].token();
            }
        }
        if (read.isEmpty()) {
            return Uni.createFrom().item(extended);
        }
        return tokens.parse(texts)
                .flatMap(parsed -> {
                    for (int i = 0; i < read.size(); i++) {
                        prove(caller, read.get(i), asked, parsed.get(i), extended);
                    }
                    return extend(asked, extended);
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    Standing unavailable = Standing.unavailable(LeaseProblems.of(failure));
                    read.stream()
                            .filter(place -> extended.standings()[place] == null)
                            .forEach(place -> extended.standings()[place] = unavailable);
                    return extended;
                });
    }

    private void prove(Caller caller, int place, Extension[] asked, Optional<LeaseToken> token, Extended extended) {
        if (token.isEmpty()) {
            extended.standings()[place] = Standing.invalid(LeaseProblems.invalidToken());
            return;
        }
        try {
            ForbiddenException.checkQueue(
                    caller, token.get().attempt().queue().logical().value());
            token.get().worker().ifPresent(contacts::heard);
            extended.leases()[place] = new HeldLease(
                    token.get(), asked[place].lease() == null ? token.get().length() : asked[place].lease());
        } catch (ForbiddenException forbidden) {
            extended.standings()[place] = Standing.invalid(Problems.of(forbidden));
        }
    }

    private Uni<Extended> extend(Extension[] asked, Extended extended) {
        List<Integer> places = extended.places();
        if (places.isEmpty()) {
            return Uni.createFrom().item(extended);
        }
        List<LeaseNotes.Said> said = places.stream()
                .map(place -> new LeaseNotes.Said(place, extended.leases()[place].token(), asked[place]))
                .toList();
        return notes.write(said).flatMap(unwritten -> look(extended, places)
                .invoke(() -> unwritten.forEach(
                        // Sent again it is written, and the lease extended once more.
                        (place, problem) -> {
                            if (extended.standings()[place].held()) {
                                extended.standings()[place] = Standing.unavailable(problem);
                            }
                        })));
    }

    /** Extends those at some places once more. */
    Uni<Extended> look(Extended extended, List<Integer> places) {
        return looks.extend(
                        places.stream().map(place -> extended.leases()[place]).toList())
                .map(standings -> {
                    for (int i = 0; i < standings.size(); i++) {
                        extended.standings()[places.get(i)] = standings.get(i);
                    }
                    return extended;
                });
    }
}
