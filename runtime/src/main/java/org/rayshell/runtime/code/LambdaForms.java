package org.rayshell.runtime.code;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.rayshell.Remote;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.store.Lambdas;

/** What lambdas tell of themselves. */
final class LambdaForms {
  private LambdaForms() {}

  /** What a lambda calls; null if the object is none, or cannot say. */
  static SerializedLambda of(Object lambda) {
    if (!Lambdas.isLambda(lambda.getClass())) {
      return null;
    }
    try {
      return Lambdas.form(lambda);
    } catch (RuntimeException _) {
      // Not serializable: encoding it will say so.
      return null;
    }
  }

  /** The defaults that {@link Remote} sets on the method that a method reference refers to. */
  static TaskOptions defaults(SerializedLambda form, ClassLoader loader) {
    try {
      Class<?> owner = Class.forName(form.getImplClass().replace('/', '.'), false, loader);
      MethodType type =
          MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), loader);
      Method method = owner.getDeclaredMethod(form.getImplMethodName(), type.parameterArray());
      Remote remote = method.getAnnotation(Remote.class);
      return remote == null ? TaskOptions.defaults() : RemoteDefaults.of(remote);
    } catch (ReflectiveOperationException | LinkageError e) {
      return TaskOptions.defaults();
    }
  }
}
