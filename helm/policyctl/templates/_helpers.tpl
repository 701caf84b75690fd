{{- define "policyctl.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "policyctl.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: webhook
{{- end }}

{{- define "policyctl.probeSelector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: probe
{{- end }}

{{/* Of every object, beside the selector's. */}}
{{- define "policyctl.commonLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "policyctl.labels" -}}
{{ include "policyctl.selector" . }}
{{ include "policyctl.commonLabels" . }}
{{- end }}

{{- define "policyctl.probeLabels" -}}
{{ include "policyctl.probeSelector" . }}
{{ include "policyctl.commonLabels" . }}
{{- end }}

{{- define "policyctl.image" -}}
{{- with .Values.image }}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{- define "policyctl.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "policyctl.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "policyctl.tlsSecret" -}}
{{ include "policyctl.name" . }}-tls
{{- end }}

{{/* "yes" where the cluster is scanned, else nothing. */}}
{{- define "policyctl.scans" -}}
{{- if or (ne .Values.reports.api "none") .Values.scanPage.enabled }}yes{{ end }}
{{- end }}

{{/* "yes" where callers must show a certificate, else nothing. */}}
{{- define "policyctl.clientCertificate" -}}
{{- with .Values.clientCertificate }}{{ if or .configMap .secret }}yes{{ end }}{{ end }}
{{- end }}

{{/* What a certificate must be for: the names of the Service. */}}
{{- define "policyctl.dnsNames" -}}
{{- $name := include "policyctl.name" . }}
- {{ $name }}.{{ .Release.Namespace }}.svc
- {{ $name }}.{{ .Release.Namespace }}.svc.cluster.local
{{- end }}

{{/* cert-manager writes the authority where this annotation says so. */}}
{{- define "policyctl.injectAnnotations" -}}
{{- if eq .Values.certificate.source "cert-manager" }}
annotations:
  cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/{{ include "policyctl.name" . }}
{{- end }}
{{- end }}

{{/* Where reviews are sent. The service, or cert-manager, adds caBundle; Helm leaves alone what no manifest of it names. */}}
{{- define "policyctl.clientConfig" -}}
service:
  name: {{ include "policyctl.name" .root }}
  namespace: {{ .root.Release.Namespace }}
  path: {{ .path }}
  port: 443
{{- end }}

{{- define "policyctl.namespaceSelector" -}}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: NotIn
    values: {{- concat (list .Release.Namespace "kube-system") .Values.webhook.exemptNamespaces | uniq | toYaml | nindent 6 }}
{{- end }}

{{- define "policyctl.matchConditions" -}}
- name: not-by-this-service
  expression: "!(request.userInfo.username in ['system:serviceaccount:{{ .Release.Namespace }}:{{ include "policyctl.name" . }}', 'system:serviceaccount:{{ .Release.Namespace }}:{{ include "policyctl.name" . }}-probe'])"
- name: not-by-a-node
  expression: "!request.userInfo.username.startsWith('system:node:')"
{{- with .Values.webhook.matchConditions }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* What people define. Never Nodes, requests for certificates, or Leases. */}}
{{- define "policyctl.definitionRules" -}}
- apiGroups: [""]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [persistentvolumeclaims, persistentvolumes]
- apiGroups: [storage.k8s.io]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [storageclasses]
- apiGroups: [cdi.kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources: [datavolumes]
- apiGroups: [kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources: [virtualmachines, virtualmachineinstancereplicasets]
- apiGroups: [pool.kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources: [virtualmachinepools]
{{- end }}

{{/* What controllers make of them, and workloads. */}}
{{- define "policyctl.followingRules" -}}
- apiGroups: [kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources: [virtualmachines/status, virtualmachineinstances]
{{- if .Values.webhook.workloads }}
- apiGroups: [""]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [pods, replicationcontrollers]
- apiGroups: [apps]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [deployments, statefulsets, daemonsets, replicasets]
- apiGroups: [batch]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [jobs, cronjobs]
{{- end }}
{{- end }}

{{/* What the mutating webhook may change; the service leaves the rest of what it is asked alone. */}}
{{- define "policyctl.changeableRules" -}}
- apiGroups: [storage.k8s.io]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [storageclasses]
- apiGroups: [""]
  apiVersions: [v1]
  operations: [CREATE]
  resources: [persistentvolumes]
- apiGroups: [kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources: [virtualmachines, virtualmachineinstancereplicasets]
- apiGroups: [kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE]
  resources: [virtualmachineinstances]
- apiGroups: [pool.kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources: [virtualmachinepools]
{{- end }}
