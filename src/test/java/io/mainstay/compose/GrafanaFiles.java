package io.mainstay.compose;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What the files of compose/grafana use of Grafana's provisioning. */
final class GrafanaFiles {

    private GrafanaFiles() {}

    record DataSources(int apiVersion, List<DataSource> datasources) {}

    record DataSource(String name, String type, String access, URI url, boolean isDefault) {}

    record Dashboards(int apiVersion, List<Provider> providers) {}

    record Provider(String name, String type, Options options) {}

    record Options(Path path) {}
}
