# policyctl as a container: a Java runtime of the modules that it needs, bash, and the program. Of nobody; nothing but /tmp
# is written, so that the root file system may be read-only.
FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /build
COPY . .
RUN ./mvnw -B -q -DskipTests package \
 && jlink --add-modules java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.management,jdk.unsupported,jdk.zipfs \
      --strip-java-debug-attributes --no-header-files --no-man-pages --output /runtime \
 && mkdir -p /program/target \
 && cp -r policyctl LICENSE /program/ \
 && cp -r target/policyctl.jar target/lib target/quarkus-app /program/target/

FROM debian:12-slim
LABEL org.opencontainers.image.title=policyctl \
      org.opencontainers.image.description="Judges guest definitions against what really lies below their disks" \
      org.opencontainers.image.licenses=Apache-2.0
COPY --from=build /runtime /opt/java
COPY --from=build /program /opt/policyctl
ENV JAVA_HOME=/opt/java PATH=/opt/policyctl:/usr/local/bin:/usr/bin:/bin
USER 65532:65532
EXPOSE 8443 9000
ENTRYPOINT ["policyctl"]
CMD ["serve", "--help"]
