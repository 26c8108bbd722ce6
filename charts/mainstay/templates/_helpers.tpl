{{/* Name of what there is once. */}}
{{- define "mainstay.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Name of what there is for each deployment: (list $ component); the component is "" unless they are split. */}}
{{- define "mainstay.name" -}}
{{- $name := include "mainstay.fullname" (index . 0) -}}
{{- with index . 1 }}{{ printf "%s-%s" $name . }}{{ else }}{{ $name }}{{ end -}}
{{- end -}}

{{/* What tells pods apart: (list $ component). A selector cannot be changed, so there is nothing of versions in it. */}}
{{- define "mainstay.selector" -}}
app.kubernetes.io/name: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- with index . 1 }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{/* Labels of every object: $. */}}
{{- define "mainstay.common" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* Labels of an object of the service: (list $ component). */}}
{{- define "mainstay.labels" -}}
{{ include "mainstay.selector" . }}
app.kubernetes.io/part-of: mainstay
{{ include "mainstay.common" (index . 0) }}
{{- end -}}

{{/* The secret with the address of Redis. */}}
{{- define "mainstay.redisSecret" -}}
{{- if .Values.redis.bundled.enabled }}{{ include "mainstay.fullname" . }}-redis{{ else }}{{ .Values.redis.existingSecret }}{{ end -}}
{{- end -}}

{{/* What pods of each deployment are configured with. */}}
{{- define "mainstay.config" -}}
MAINSTAY_SECURITY_KEYS_FILE: /etc/mainstay/keys/keys
{{- if not .Values.security.enabled }}
MAINSTAY_SECURITY_ENABLED: "false"
{{- end }}
{{- range $key, $value := .Values.config }}
{{- /* Numbers are floats here, and a million would be 1e+06. */}}
{{ $key }}: {{ if and (kindIs "float64" $value) (eq (floor $value) $value) }}{{ int64 $value | quote }}{{ else }}{{ $value | quote }}{{ end }}
{{- end }}
{{- end -}}
