import io.mainstay.client.JobContext;
import io.mainstay.client.JsonValue;
import io.mainstay.client.Mainstay;
import io.mainstay.client.Outcome;
import java.time.Duration;

/** Runs jobs of the queue "reports" until Ctrl-C. */
class ReportWorker {

    public static void main(String[] arguments) {
        Mainstay.fromEnvironment()
                .worker("reports")
                .handler("greet", ReportWorker::greet)
                .handler("render-report", ReportWorker::render)
                .handler("daily-sales", ReportWorker::dailySales)
                .concurrency(5)
                .build()
                .run();
    }

    /** Its result is what callers that wait get. */
    private static Outcome greet(JobContext job) {
        return Outcome.success(JsonValue.of("Hello " + job.payload().get("name").asString()));
    }

    private static Outcome render(JobContext job) throws InterruptedException {
        int pages = job.payload().get("pages").asInt();
        if (pages < 1) {
            return Outcome.fail("no-pages", "a report of " + pages + " pages");
        }
        for (int page = 1; page <= pages; page++) {
            // Interrupted if the job is cancelled, or the worker ends.
            Thread.sleep(500);
            job.progress(100 * page / pages, "page %d of %d".formatted(page, pages));
            job.log("rendered page " + page);
        }
        return Outcome.success(JsonValue.object("pages", pages));
    }

    /** The figures are not there at first: looks again in two seconds. That is no failed attempt. */
    private static Outcome dailySales(JobContext job) {
        return job.job().snoozes() == 0
                ? Outcome.snooze(Duration.ofSeconds(2))
                : Outcome.success(JsonValue.object("sold", 42));
    }
}
