import io.mainstay.client.Job;
import io.mainstay.client.Mainstay;
import io.mainstay.client.NewJob;
import io.mainstay.client.Schedule;
import java.time.Duration;
import java.time.ZoneId;

/** A job every day at half past two in Berlin, and one right now. */
class Schedules {

    public static void main(String[] arguments) {
        Mainstay mainstay = Mainstay.fromEnvironment();
        NewJob job = NewJob.of("daily-sales").timeout(Duration.ofMinutes(1));
        Schedule daily = Schedule.of("30 2 * * *", "reports", job).timeZone(ZoneId.of("Europe/Berlin"));
        // The same again changes nothing, so this may be part of every deployment.
        Schedule put = mainstay.putSchedule("daily-sales", daily);
        System.out.println("next run: " + put.next().orElseThrow());

        Job now = mainstay.trigger("daily-sales");
        Job ended = mainstay.await("reports", now.id(), Duration.ofSeconds(30));
        System.out.println(ended + ": " + ended.result());
    }
}
