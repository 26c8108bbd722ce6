import io.mainstay.client.Job;
import io.mainstay.client.JsonValue;
import io.mainstay.client.Mainstay;
import io.mainstay.client.NewJob;
import java.time.Duration;

/** Adds a job that takes a while, and prints how far it is. */
class Progress {

    public static void main(String[] arguments) {
        Mainstay mainstay = Mainstay.fromEnvironment();
        Job job = mainstay.enqueue("reports", NewJob.of("render-report").payload(JsonValue.object("pages", 6)));
        while (!job.ended()) {
            job = mainstay.await("reports", job.id(), Duration.ofSeconds(1));
            System.out.println(job.state() + " " + job.json().get("progress"));
        }
        String log = "/v1/queues/reports/jobs/" + job.id() + "/log";
        for (JsonValue line : mainstay.request("GET", log, null).get("lines").items()) {
            System.out.println(
                    line.get("at").asString() + " " + line.get("text").asString());
        }
    }
}
