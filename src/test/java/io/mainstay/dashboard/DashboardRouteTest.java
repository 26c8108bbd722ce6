package io.mainstay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is where the page is switched off; the rest is in {@link DashboardServiceTest}. */
class DashboardRouteTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        await(vertx.close().toCompletionStage());
    }

    @ParameterizedTest
    @CsvSource({
        "true, /, 302",
        "true, /dashboard, 302",
        "true, /dashboard/, 200",
        "true, /dashboard/app.js, 200",
        "true, /dashboardx, 404",
        "false, /, 404",
        "false, /dashboard, 404",
        "false, /dashboard/, 404",
        "false, /dashboard/app.js, 404",
    })
    void pageIsThereUnlessItIsSwitchedOff(boolean enabled, String path, int status) throws Exception {
        Router router = Router.router(vertx);
        new DashboardRoute(new DashboardFiles(), () -> enabled).register(router);
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage());

        assertThat(status(server.actualPort(), path)).isEqualTo(status);
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/html")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
