import io.mainstay.client.BulkResult;
import io.mainstay.client.Job;
import io.mainstay.client.JsonValue;
import io.mainstay.client.Mainstay;
import io.mainstay.client.NewJob;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Adds a job and waits for its result. The worker must have run once: jobs for handlers that no worker ever had are refused. */
class Enqueue {

    public static void main(String[] arguments) {
        Mainstay mainstay = Mainstay.fromEnvironment();
        Job job = mainstay.enqueue("reports", NewJob.of("greet").payload(JsonValue.object("name", "Ada")));
        System.out.println(job);

        Job ended = mainstay.await("reports", job.id(), Duration.ofSeconds(30));
        System.out.println(ended + ": " + ended.result());

        // Many at once. The same ids again would add nothing.
        List<NewJob> greetings = Stream.of("Grace", "Edsger", "Barbara")
                .map(name -> NewJob.of("greet").id("greet-" + name).payload(JsonValue.object("name", name)))
                .toList();
        BulkResult result = mainstay.enqueueAll("reports", greetings);
        System.out.println("%d jobs are new, %d were there, %d were refused"
                .formatted(result.created(), result.existing(), result.failed().size()));
    }
}
