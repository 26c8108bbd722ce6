package io.mainstay.compose;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/** What compose/prometheus.yaml uses of Prometheus' configuration. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PrometheusFile(Map<String, String> global, List<String> ruleFiles, List<Job> scrapeConfigs) {

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Job(String jobName, String metricsPath, List<Names> dnsSdConfigs) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Names(List<String> names, String type, int port, String refreshInterval) {}
}
