# The service as a container: nothing but a Java runtime of the modules it needs, bash, and policyctl.
FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /build
COPY . .
RUN ./mvnw -B -q -DskipTests package \
 && jlink --add-modules java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.management,jdk.unsupported,jdk.zipfs \
      --strip-debug --no-header-files --no-man-pages --output /runtime \
 && mkdir -p /program/target \
 && cp -r policyctl LICENSE /program/ \
 && cp -r target/policyctl.jar target/lib target/quarkus-app /program/target/

FROM debian:12-slim
COPY --from=build /runtime /opt/java
COPY --from=build /program /opt/policyctl
ENV JAVA_HOME=/opt/java PATH=/opt/policyctl:/usr/local/bin:/usr/bin:/bin
# Of nobody, with a root file system that may be read-only: only /tmp is written.
USER 65532:65532
EXPOSE 8443 9000
ENTRYPOINT ["policyctl"]
CMD ["serve", "--help"]
